"""The program's own import template, and lists of people written in it."""
