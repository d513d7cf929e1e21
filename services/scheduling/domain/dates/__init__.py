"""Other kinds of dates: days that people agree, calls, days that suit most, duties."""
