-- A sign of life of an open desk, in real time.
-- kind: chore
-- keys: beats desks
-- args: branch desk real#
-- returns: 1 if the desk is open, else 0
-- events: none
local text = redis.call('HGET', desks, branch .. '/' .. desk)
if not text or cjson.decode(text).state == 'closed' then
  return 0
end
redis.call('ZADD', beats, real, branch .. '/' .. desk)
return 1
