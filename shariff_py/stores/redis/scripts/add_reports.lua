-- day, oldest day kept, most findings, then for each finding: itself, and the row it counts in where there is no room (both as JSON)
local day, most = ARGV[1], tonumber(ARGV[3])
local key = p .. 'reports'
local rows, kept = {}, 0
local all = redis.call('HGETALL', key)
for i = 1, #all, 2 do
  local times, first, last = string.match(all[i + 1], '(%S+) (%S+) (%S+)')
  if last < ARGV[2] then
    redis.call('HDEL', key, all[i])
  else
    rows[all[i]] = {tonumber(times), first, last}
    if string.sub(all[i], 1, #'["(further)"') ~= '["(further)"' then kept = kept + 1 end
  end
end
for i = 4, #ARGV, 2 do
  local finding = ARGV[i]
  if not rows[finding] then
    if kept < most then kept = kept + 1 else finding = ARGV[i + 1] end
    rows[finding] = rows[finding] or {0, day, day}
  end
  local row = rows[finding]
  row[1] = row[1] + 1
  if day > row[3] then row[3] = day end
  redis.call('HSET', key, finding, string.format('%d %s %s', row[1], row[2], row[3]))
end
return 1
