-- Ends the branch's day: who still waits expires or is carried over, idle desks close, leased numbers that
-- were not given out die; a serving ticket is never touched, and people do not end the day
-- over it.
-- kind: command
-- keys: actives beats misses leases slips
-- args: branch plan#?
-- returns: Answer: facts
-- events: day_closed ticket_expired ticket_carried desk_closed
local facts, text = load_facts(branch)
if role ~= 'timer' then
  ask_hands(true)
end
expect_version('facts', facts, text)
if not claim_plan(':day') then
  return answer({facts = text})
end
may_move('phase', facts.phase, 'facts', text)
local visitors = {}
for index, id in ipairs(redis.call('SMEMBERS', actives .. branch)) do
  visitors[index] = load_ticket(id)
end
table.sort(visitors, function(one, other)
  return one.order < other.order or (one.order == other.order and place_of(one) < place_of(other))
end)
local carry = branch_setting(branch).carry_over
local moved = 0
for _, visitor in ipairs(visitors) do
  if MOVES.ticket_expired.from[visitor.state] then
    if carry then
      carry_ticket(visitor, facts)
    else
      drop_ticket(visitor, facts, 'ticket_expired')
    end
    moved = moved + 1
  end
end
for _, holder in ipairs(desks_of(branch)) do
  if MOVES.desk_closed.from[holder.state] and not holder.ticket then
    local closed = set_desk(holder, to_state('desk_closed'))
    emit('desk_closed', {branch = branch, desk = closed}, {reason = 'day_closed'})
    redis.call('ZREM', beats, branch .. '/' .. holder.desk)
  end
end
redis.call('DEL', misses .. branch)
if facts.day then
  local series = branch .. '/' .. facts.day
  redis.call('DEL', leases .. series, slips .. series)
end
local detail = {[carry and 'carried' or 'expired'] = moved}
return answer({facts = change_branch_fact(facts, text, 'phase', 'day_closed', nil, detail)})
