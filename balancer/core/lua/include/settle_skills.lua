-- Desks whose skills a supervisor has set go back to those of the city's file where one of them is gone.
-- keys: desks
local function settle_skills(new)
  for _, name in ipairs(redis.call('HKEYS', desks)) do
    local holder = cjson.decode(redis.call('HGET', desks, name))
    if holder.queues and not set_queues(name, new) then
      holder.queues, holder.state = nil, to_state('desk_skills_set', holder.state)
      emit('desk_skills_set', {branch = holder.branch, desk = save_desk(holder)}, {reason = 'city_applied'})
    end
  end
end
