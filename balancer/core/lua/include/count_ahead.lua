-- How many stand before a waiting ticket in both halves of its line.
local function count_ahead(visitor)
  local line, place = line_of(visitor), place_of(visitor)
  local ahead = redis.call('ZRANK', line, place)
  local other = other_half(line)
  if redis.call('EXISTS', other) == 0 then
    return ahead
  end
  ahead = ahead + redis.call('ZCOUNT', other, '-inf', '(' .. visitor.order)
  for _, peer in ipairs(redis.call('ZRANGEBYSCORE', other, visitor.order, visitor.order)) do
    if peer < place then
      ahead = ahead + 1
    end
  end
  return ahead
end
