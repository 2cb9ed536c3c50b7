"""What means harm: a plan with an attack in every field, and files that would take the machine."""
