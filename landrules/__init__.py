"""landrules: may this project use this land, and why?"""
