-- One service of the visit in hand is done: the next one here at once if this desk can, else in its own
-- queue.
-- kind: command
-- keys:
-- args: branch desk
-- returns: Answer: ticket, desk
-- events: leg_finished
local visitor, facts = in_hand()
if visitor.come_back then
  return desk_answer(come_back(visitor, facts, 'served'))
end
local leg = visitor.legs[visitor.leg + 2]
if not leg then
  refuse('no_legs_left')
end
local offered = offer(branch, leg.service)
local goes_on = (facts.power == 'on' or not offered.needs_power) and not is_suspended(facts, leg.service)
local stays = goes_on and has_skill(offered.queue)
local texts = {branch = branch, was = visitor.state, desk = not stays and free_desk(visitor) or nil}
leave_state(visitor, facts)
end_leg(visitor, facts, 'served')
leg.queue, visitor.bound = offered.queue, nil
next_service(visitor, facts, offered.needs_power)
enter_state(visitor, to_state('leg_finished', stays and 'serving' or 'waiting'), facts)
texts.ticket = save_ticket(visitor)
emit('leg_finished', texts)
return desk_answer(texts)
