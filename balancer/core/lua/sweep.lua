-- Forgets tickets that ended long ago (real ms) and number series and slips of days long past (city ms), at most
-- `limit` of each.
-- kind: chore
-- keys: tickets ended misses days numbers leases slips
-- args: ended_before# day_before# limit#
-- returns: how many of the two kinds were forgotten
-- events: none
local old = redis.call('ZRANGEBYSCORE', ended, '-inf', ended_before, 'LIMIT', 0, limit)
for _, id in ipairs(old) do
  local text = redis.call('GET', tickets .. id)
  if text then
    redis.call('ZREM', misses .. cjson.decode(text).branch, id)
    redis.call('DEL', tickets .. id)
  end
  redis.call('ZREM', ended, id)
end
local series = redis.call('ZRANGEBYSCORE', days, '-inf', day_before, 'LIMIT', 0, limit)
for _, name in ipairs(series) do
  redis.call('DEL', numbers .. name, leases .. name, slips .. name)
  redis.call('ZREM', days, name)
end
return #old + #series
