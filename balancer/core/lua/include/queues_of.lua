-- The ids of a branch's queues, in order.
-- keys: config
local function queues_of(place)
  local fields = {}
  for _, field in ipairs(redis.call('HKEYS', config)) do
    fields[field] = true
  end
  return each_of(fields, 'queue/' .. place .. '/')
end
