-- Sets the branch time at which a verb is due for a ticket, or forgets it where `due` is nil.
-- keys: timers
local function set_timer(visitor, verb, due)
  if due then
    redis.call('ZADD', timers .. visitor.branch, due, verb .. ':' .. visitor.id)
  else
    redis.call('ZREM', timers .. visitor.branch, verb .. ':' .. visitor.id)
  end
end
