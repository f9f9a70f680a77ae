"""Text → HTML that is safe and reads in the right direction; dates in words; long things shortened."""
