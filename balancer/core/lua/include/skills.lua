-- The set of "branch/queue" that some desk serves, by a settings table and by what supervisors have set.
local function skills(fields)
  local served = {}
  for _, name in ipairs(each_of(fields, 'desk/')) do
    local place = string.match(name, '^[^/]+/')
    for _, queue in ipairs(set_queues(name, fields) or cjson.decode(fields['desk/' .. name]).queues) do
      served[place .. queue] = true
    end
  end
  return served
end
