"""Reading in processes that can be killed."""
