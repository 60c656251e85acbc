class Refused(Exception):
    """Its message is the sentence that who sent it reads."""
