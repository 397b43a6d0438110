-- The next ticket number of a branch's series on a day.
-- keys: numbers days
local function next_number(place, date, letter)
  local series = place .. '/' .. date
  local number = redis.call('HINCRBY', numbers .. series, letter, 1)
  if number == 1 then
    redis.call('ZADD', days, 'NX', at, series)
  end
  return letter .. string.format('%03d', number)
end
