"""What the evidence means under an audit policy."""
