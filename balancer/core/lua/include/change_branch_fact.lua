-- Sets one of the branch's independent facts to `to` as the table allows; pauses or resumes its time as they
-- say now.
local function change_branch_fact(facts, text, subject, event, to, detail)
  local old = facts[subject]
  if subject == 'hold' then
    old = old and 'held' or 'none'
  end
  may_move(subject, old, 'facts', text)
  to = to_state(event, to)
  if subject == 'hold' then
    facts.hold = to == 'held' and detail.reason or nil
  else
    facts[subject] = to
  end
  pause_or_resume(facts)
  local saved = save_facts(facts)
  emit(event, {branch = facts.branch, facts = saved}, detail)
  return saved
end
