-- Gives a ticket that is in no line a place behind the next `places` tickets of its line, or behind all if
-- they are fewer.
local function step_back(visitor, places)
  unbind_closed(visitor)
  local own, behind = place_of(visitor), {}
  for _, line in ipairs({line_of(visitor), other_half(line_of(visitor))}) do
    for _, place in ipairs(redis.call('ZRANGEBYSCORE', line, visitor.order, visitor.order)) do
      if place > own then
        behind[#behind + 1] = visitor.order
      end
    end
    local beyond = '(' .. visitor.order
    local later = redis.call('ZRANGEBYSCORE', line, beyond, '+inf', 'WITHSCORES', 'LIMIT', 0, places)
    for index = 2, #later, 2 do
      behind[#behind + 1] = tonumber(later[index])
    end
  end
  if places > 0 and #behind > 0 then
    table.sort(behind)
    visitor.order, visitor.placed, visitor.tie = behind[math.min(places, #behind)], at, offset + 1
  end
end
