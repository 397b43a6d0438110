-- A missed ticket waits again at its old place.
-- kind: command
-- keys: actives ended misses
-- args: ticket
-- returns: Answer: ticket
-- events: ticket_reinstated
local visitor, facts = by_id()
if branch_time(facts) - visitor.since > branch_setting(visitor.branch).reinstate_ms then
  refuse('reinstate_too_late')
end
if not setting('queue/' .. visitor.branch .. '/' .. visitor.queue) then
  refuse('unknown_queue', {queue = visitor.queue})
end
redis.call('SADD', actives .. visitor.branch, ticket)
redis.call('ZREM', ended, ticket)
redis.call('ZREM', misses .. visitor.branch, ticket)
count(visitor.branch, 'reinstated')
local leg, was = current_leg(visitor), visitor.state
leg.finished, leg.outcome, visitor.ended, visitor.outcome = nil, nil, nil, nil
enter_state(visitor, to_state('ticket_reinstated'), facts)
local texts = {branch = visitor.branch, was = was, ticket = save_ticket(visitor)}
emit('ticket_reinstated', texts)
return answer({ticket = texts.ticket, ahead = count_ahead(visitor)})
