-- Makes a definition the city's. Refused where it would leave tickets behind; the same definition changes
-- nothing.
-- kind: command
-- keys: config definition
-- args: text settings epoch secret
-- returns: Answer
-- events: city_applied branch_closed desk_closed desk_skills_set
local before = redis.call('GET', definition)
if before == text then
  return answer({})
end
local old, new = {}, cjson.decode(settings)
local pairs_of_old = redis.call('HGETALL', config)
for index = 1, #pairs_of_old, 2 do
  old[pairs_of_old[index]] = pairs_of_old[index + 1]
end
local faults = stranded(old, new)
if #faults > 0 then
  refuse('would_strand', {why = table.concat(faults, '; ')}, cjson.encode({faults = faults}))
end
redis.call('HSETNX', city, 'epoch', epoch)
redis.call('HSETNX', city, 'secret', secret)
redis.call('SET', definition, text)
replace_settings(old, new)
local version = redis.call('HINCRBY', city, 'definition', 1)
emit('city_applied', {}, {version = version, agencies = agencies_in(text)})
settle_branches(new, not before)
settle_desks(new, not before)
settle_skills(new)
return answer({})
