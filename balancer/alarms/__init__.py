"""Air-raid alarms from outside: who is asked, what the answers mean, and what the branches do then.

    settings → starting.py → watch.py ┬→ alerts_in_ua.py | ukrainealarm.py → feed_client.py → the service
                                      └→ core/alarm_memory.py, core/ticket_queue.py: alarm, all_clear

Off by default; the supervisor's button works with and without it. docs/guides/alarms.md.
"""
