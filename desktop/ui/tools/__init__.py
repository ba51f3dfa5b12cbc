"""What is needed now and then: one card for each, with a sentence that says what it is for."""
