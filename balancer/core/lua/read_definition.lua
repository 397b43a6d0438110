-- The city's definition as it was last applied.
-- kind: read
-- keys: definition
-- args:
-- returns: {version, JSON}, or nil before the first time
-- events: none
local text = redis.call('GET', definition)
return text and {redis.call('HGET', city, 'definition'), text}
