"""What was not answered, or not rightly -> groups of questions, and additions to the knowledge that answer them."""
