-- One ticket, and how many stand before it while it waits.
-- kind: read
-- keys: tickets
-- args: ticket
-- returns: {JSON, ahead or nil}, or nil where there is no such ticket
-- events: none
local text = redis.call('GET', tickets .. ticket)
if not text then
  return nil
end
local visitor = cjson.decode(text)
return {text, visitor.state == 'waiting' and count_ahead(visitor)}
