-- All active tickets and those that may be reinstated, all desks and branches, whoever is on the way, at one
-- offset.
-- kind: read
-- keys: tickets desks branches actives misses intents coming
-- args:
-- returns: JSON of Snapshot, or nil before the city was first applied
-- events: none
local head = redis.call('HMGET', city, 'epoch', 'offset', 'at', 'definition')
if not head[1] then
  return nil
end
local found = {}
for _, name in ipairs(redis.call('HKEYS', branches)) do
  local active = redis.call('SMEMBERS', actives .. name)
  local missed = redis.call('ZRANGE', misses .. name, 0, -1)
  for _, ids in ipairs({active, missed}) do
    for _, id in ipairs(ids) do
      found[#found + 1] = redis.call('GET', tickets .. id) or nil
    end
  end
end
local announced = {}
for _, id in ipairs(redis.call('ZRANGE', coming, 0, -1)) do
  announced[#announced + 1] = redis.call('GET', intents .. id) or nil
end
return '{"epoch":"' .. head[1] .. '","offset":' .. head[2]
  .. ',"at":' .. head[3] .. ',"definition":' .. head[4] .. ',"tickets":[' .. table.concat(found, ',')
  .. '],"desks":[' .. table.concat(redis.call('HVALS', desks), ',')
  .. '],"branches":[' .. table.concat(redis.call('HVALS', branches), ',')
  .. '],"intents":[' .. table.concat(announced, ',') .. ']}'
