-- Books a ticket's coming or going at a branch (invariant 5).
-- keys: counts
local function count(place, what)
  redis.call('HINCRBY', counts .. place, what, 1)
end
