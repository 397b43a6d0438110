-- Reception or supervisor moves a ticket to another queue, desk or branch.
-- kind: command
-- keys:
-- args: ticket to_branch? to_queue? to_desk? service? keep_place? note? day?
-- returns: Answer: ticket, desk
-- events: ticket_transferred
local visitor, facts = by_id()
return answer(move_ticket(visitor, facts, destination(visitor)))
