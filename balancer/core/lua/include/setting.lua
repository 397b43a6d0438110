-- What the city's definition says under this field, nil if nothing.
-- keys: config
local function setting(field)
  local text = redis.call('HGET', config, field)
  return text and cjson.decode(text)
end
