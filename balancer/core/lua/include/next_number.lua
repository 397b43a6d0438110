-- The next ticket number of a branch's series on a day, beyond those that are leased.
-- keys: numbers
local function next_number(place, date, letter)
  local series = numbers .. place .. '/' .. date
  local number = redis.call('HINCRBY', series, letter, 1)
  if number == 1 then
    keep_series(place, date)
  end
  if number > last_unleased() then
    local leased = tonumber(redis.call('HGET', series, letter .. '/leased') or 0)
    if leased >= number then
      number = leased + 1
      redis.call('HSET', series, letter, number)
    end
  end
  return number_of(letter, number)
end
