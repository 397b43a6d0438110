-- What the timers must know: what is due in branch time, how many did not come in time, who is idle, which plan
-- was applied, the oldest signs of life.
-- kind: read
-- keys: branches desks timers plans beats config coming
-- args: now# limit#
-- returns: JSON of Due
-- events: none
read_head(now)
local due, idle = {}, {}
local all = redis.call('HVALS', branches)
for _, text in ipairs(all) do
  local facts = cjson.decode(text)
  if redis.call('ZCOUNT', timers .. facts.branch, '-inf', branch_time(facts)) > 0 then
    due[#due + 1] = cjson.encode(facts.branch)
  end
  if facts.phase == 'tickets_closed' and is_idle(facts.branch) then
    idle[#idle + 1] = cjson.encode(facts.branch)
  end
end
local function texts(values)
  for index, value in ipairs(values) do
    values[index] = cjson.encode(value)
  end
  return table.concat(values, ',')
end
return '{"definition":' .. (redis.call('HGET', city, 'definition') or 0)
  .. ',"facts":[' .. table.concat(all, ',')
  .. '],"due":[' .. table.concat(due, ',') .. '],"idle":[' .. table.concat(idle, ',')
  .. '],"overdue":' .. redis.call('ZCOUNT', coming, '-inf', at)
  .. ',"plans":[' .. texts(redis.call('HGETALL', plans))
  .. '],"beats":[' .. texts(redis.call('ZRANGE', beats, 0, limit - 1, 'WITHSCORES')) .. ']}'
