-- One intent.
-- kind: read
-- keys: intents
-- args: intent
-- returns: JSON, or nil where there is no such intent
-- events: none
return redis.call('GET', intents .. intent)
