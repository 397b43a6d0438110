-- Something that staff did beside the queues, for the log: what, where, about whom. Nothing else changes.
-- kind: command
-- keys:
-- args: deed branch? detail
-- returns: Answer
-- events: staff_noted
if branch then
  load_facts(branch)
end
local told = cjson.decode(detail)
told.kind = deed
emit('staff_noted', {branch = branch}, told)
return answer({})
