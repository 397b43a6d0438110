-- Takes an active ticket out of its branch for good. Its JSON text, and its desk's where it was in hand.
-- keys: actives ended misses
local function end_ticket(visitor, to, facts, outcome)
  local desk_text = free_desk(visitor)
  leave_state(visitor, facts)
  end_leg(visitor, facts, outcome)
  visitor.state, visitor.ended, visitor.outcome, visitor.since = to, at, outcome, branch_time(facts)
  visitor.desk, visitor.bound, visitor.come_back = nil, nil, nil
  redis.call('SREM', actives .. visitor.branch, visitor.id)
  redis.call('ZADD', ended, real, visitor.id)
  if to == 'no_show' then
    redis.call('ZADD', misses .. visitor.branch, visitor.since, visitor.id)
  end
  count(visitor.branch, 'ended')
  return save_ticket(visitor), desk_text
end
