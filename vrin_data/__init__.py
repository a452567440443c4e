"""VRIN's data side: a partner's file in, harm per area and month out. Imports no screen code."""
