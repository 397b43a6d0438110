-- The visitor will not come after all.
-- kind: command
-- keys:
-- args: intent
-- returns: Answer: intent
-- events: intent_ended
local visitor, text = load_intent(intent)
may_move('intent', visitor.state, 'intent', text)
return answer({intent = end_intent(visitor, 'cancelled')})
