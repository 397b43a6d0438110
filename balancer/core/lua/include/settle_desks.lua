-- Makes closed desks of those that are new, and forgets those that are gone. A running city's log tells of
-- both.
-- keys: desks beats
local function settle_desks(new, born)
  local closed = to_state('desk_closed')
  for _, name in ipairs(each_of(new, 'desk/')) do
    if redis.call('HEXISTS', desks, name) == 0 then
      local place, id = string.match(name, '^(.-)/(.+)$')
      local text = set_desk({branch = place, desk = id, version = 0}, closed)
      if not born then
        emit('desk_closed', {branch = place, desk = text}, {reason = 'city_applied'})
      end
    end
  end
  for _, name in ipairs(redis.call('HKEYS', desks)) do
    if not new['desk/' .. name] then
      local gone = cjson.decode(redis.call('HGET', desks, name))
      emit('desk_closed', {branch = gone.branch, desk = set_desk(gone, closed)}, {reason = 'city_applied'})
      redis.call('HDEL', desks, name)
      redis.call('ZREM', beats, name)
    end
  end
end
