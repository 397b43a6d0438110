-- Does what is due in a branch: parked tickets wake, called visitors who did not come have missed it.
-- kind: command
-- keys: timers tickets
-- args: branch limit#
-- returns: Answer
-- events: ticket_woken ticket_missed ticket_no_show
-- verbs: wake no_show
local facts = load_facts(branch)
local due = redis.call('ZRANGEBYSCORE', timers .. branch, '-inf', branch_time(facts), 'LIMIT', 0, limit)
for _, member in ipairs(due) do
  local verb, id = string.match(member, '^([a-z_]+):(.+)$')
  local visitor = redis.call('EXISTS', tickets .. id) == 1 and load_ticket(id)
  if visitor and verb == 'wake' and MOVES.ticket_woken.from[visitor.state] then
    send_to_line(visitor, facts, 'ticket_woken')
  elseif visitor and verb == 'no_show' and MOVES.ticket_missed.from[visitor.state] then
    miss(visitor, facts)
  else
    redis.call('ZREM', timers .. branch, member)
  end
end
return answer({})
