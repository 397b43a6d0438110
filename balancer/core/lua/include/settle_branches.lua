-- Makes closed branches of those that are new, and forgets those that are gone. A running city's log tells of
-- both.
-- keys: branches
local function settle_branches(new, born)
  for _, name in ipairs(each_of(new, 'branch/')) do
    if redis.call('HEXISTS', branches, name) == 0 then
      local text = save_facts({
        branch = name, phase = to_state('branch_closed'), alarm = 'none', power = 'on',
        paused_total = 0, version = 0,
      })
      if not born then
        emit('branch_closed', {branch = name, facts = text}, {reason = 'city_applied'})
      end
    end
  end
  for _, name in ipairs(redis.call('HKEYS', branches)) do
    if not new['branch/' .. name] then
      local facts = load_facts(name)
      facts.phase = to_state('branch_closed')
      emit('branch_closed', {branch = name, facts = save_facts(facts)}, {reason = 'city_applied'})
      redis.call('HDEL', branches, name)
    end
  end
end
