-- Takes the next `count` numbers of a letter away from the branch's own series; the first of them.
-- keys: numbers
local function lease_numbers(place, date, letter, count)
  local series = numbers .. place .. '/' .. date
  local given = redis.call('HMGET', series, letter, letter .. '/leased')
  local last = math.max(last_unleased(), tonumber(given[1] or 0), tonumber(given[2] or 0))
  redis.call('HSET', series, letter .. '/leased', last + count)
  keep_series(place, date)
  return last + 1
end
