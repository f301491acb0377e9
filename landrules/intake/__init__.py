"""Files to values: pydantic at the door and nowhere after."""
