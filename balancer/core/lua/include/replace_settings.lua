-- Puts new settings in the place of the old ones.
-- keys: config
local function replace_settings(old, new)
  for field in pairs(old) do
    if not new[field] then
      redis.call('HDEL', config, field)
    end
  end
  for field, value in pairs(new) do
    if old[field] ~= value then
      redis.call('HSET', config, field, value)
    end
  end
end
