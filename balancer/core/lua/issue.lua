-- A new ticket waits in the queue that serves its service. The intent it was announced by is kept with it; one
-- for another branch is given up. `number`: a leased slip that was given out (of `lease`, if that is named),
-- `arrived`: when, if it was not now; `day_start`: the city ms at which today began.
-- kind: command
-- keys:
-- args: branch service further? priority? channel quote? ticket day intent? number? lease? arrived#? day_start#
-- returns: Answer: ticket, ahead
-- events: ticket_issued intent_ended
local facts = load_facts(branch)
local offered = offer(branch, service)
local legs = {new_leg(branch, offered.queue, service)}
for _, id in ipairs(cjson.decode(further or '[]')) do
  legs[#legs + 1] = new_leg(branch, offer(branch, id).queue, id)
end
local early = head_start(priority)
ask_giving(facts, offered)
local announced, said
if intent then
  announced, said = load_intent(intent)
  may_move('intent', announced.state, 'intent', said)
end
local came, slip = arrival(facts), number and find_slip()
local visitor = new_ticket(slip and slip.ticket or ticket, facts, offered, legs, early, came, slip)
visitor.channel, visitor.priority = channel, priority
visitor.quoted = quote and cjson.decode(quote)
enter_state(visitor, to_state('ticket_issued'), facts)
local text = save_ticket(visitor)
emit('ticket_issued', {branch = branch, ticket = text})
if announced then
  end_intent(announced, announced.branch == branch and 'kept' or 'cancelled', visitor.id)
end
return answer({ticket = text, ahead = count_ahead(visitor)})
