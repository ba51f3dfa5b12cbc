"""Home: what must I do now?"""
