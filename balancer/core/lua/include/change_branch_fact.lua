-- Sets one of the branch's independent facts to `to` as the table allows; pauses or resumes its time as they
-- say now.
local function change_branch_fact(facts, text, subject, event, to, detail)
  may_move(subject, state_of_fact(facts, subject), 'facts', text)
  to = to_state(event, to)
  if subject == 'hold' then
    facts.hold = to == 'held' and detail.reason or nil
  elseif to == 'resuming' then
    facts.resumes = detail.resumes
  else
    facts[subject] = to
  end
  if subject == 'alarm' and to ~= 'resuming' then
    facts.resumes = nil
  end
  pause_or_resume(facts)
  local saved = save_facts(facts)
  emit(event, {branch = facts.branch, facts = saved}, detail)
  return saved
end
