-- Remembers a day's number series, so that it is forgotten once the day is long past.
-- keys: days
local function keep_series(place, date)
  redis.call('ZADD', days, 'NX', at, place .. '/' .. date)
end
