-- One more service of the visit in hand, after those it already has.
-- kind: command
-- keys:
-- args: branch desk service
-- returns: Answer: ticket, desk
-- events: leg_added
local visitor = in_hand()
visitor.legs[#visitor.legs + 1] = new_leg(branch, offer(branch, service).queue, service)
visitor.state = to_state('leg_added')
local texts = {branch = branch, was = visitor.state, ticket = save_ticket(visitor)}
emit('leg_added', texts)
return desk_answer(texts)
