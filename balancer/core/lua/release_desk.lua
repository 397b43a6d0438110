-- Closes a desk whose clerk is gone: a called ticket waits again, one being served is parked with an alert.
-- kind: command
-- keys: beats
-- args: branch desk reason? silent_since#?
-- returns: Answer: desk, ticket (the one that was in hand)
-- events: desk_released ticket_requeued ticket_parked
local holder, text = load_desk(branch, desk)
local beat = tonumber(redis.call('ZSCORE', beats, branch .. '/' .. desk) or nil)
if silent_since and (not beat or beat > silent_since) then
  return answer({desk = text})
end
expect_version('desk', holder, text)
may_move('desk', holder.state, 'desk', text)
local facts, ticket_text = load_facts(branch), nil
local visitor = holder.ticket and load_ticket(holder.ticket)
if visitor and visitor.bound == desk then
  visitor.bound = nil
end
if visitor and MOVES.ticket_parked.from[visitor.state] then
  ticket_text = park_ticket(visitor, facts, 'desk_released', nil, {alert = true, reason = reason}).ticket
elseif visitor then
  ticket_text = send_to_line(visitor, facts, 'ticket_requeued', {reason = 'desk_released'}).ticket
end
holder = load_desk(branch, desk)
text = set_desk(holder, to_state('desk_released'))
emit('desk_released', {branch = branch, desk = text}, {reason = reason})
redis.call('ZREM', beats, branch .. '/' .. desk)
unbind_all(facts, desk, 'desk_released')
return answer({desk = text, ticket = ticket_text})
