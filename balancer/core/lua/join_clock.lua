-- Sets the anchor of the city clock for the first process, keeps it for the next, moves it only forward where
-- somebody says so, and never behind the last event. Real and city instants in ms.
-- kind: chore
-- keys: clock clock_users
-- args: actor real# start#? speed#? alive_s#
-- returns: {real, city, speed} of the anchor that holds
-- events: clock_set
local anchor = redis.call('HMGET', clock, 'real', 'city', 'speed')
local held = anchor[1] ~= false
local pace = held and tonumber(anchor[3]) or 1
local runs_to = held and tonumber(anchor[2]) + (real - tonumber(anchor[1])) * pace or real
read_head(0)
local lives = redis.call('EXISTS', clock_users) == 1
redis.call('SET', clock_users, 1, 'EX', alive_s)
local wanted = runs_to
if start and (not held or not lives or start > runs_to) then
  wanted = start
end
wanted = math.floor(math.max(wanted, at))
if not held or wanted ~= math.floor(runs_to) or (speed and speed ~= pace) then
  redis.call('HSET', clock, 'real', real, 'city', wanted, 'speed', speed or pace)
  if held then
    at = wanted
    emit('clock_set', {}, {city = wanted, speed = speed or pace})
  end
end
return redis.call('HMGET', clock, 'real', 'city', 'speed')
