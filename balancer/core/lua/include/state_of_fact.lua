-- A branch's fact as a state of the table: a hold is held or none, a pause that ends soon is resuming.
local function state_of_fact(facts, subject)
  if subject == 'hold' then
    return facts.hold and 'held' or 'none'
  end
  return subject == 'alarm' and facts.resumes and 'resuming' or facts[subject]
end
