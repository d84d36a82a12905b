//! Texts as a desk writes them every day, in two languages.

pub(super) const TEXTS: &str = r#"
Printer on floor 3 prints blank pages
No network since 09:15, all of accounting affected
Outlook asks for the password again and again
Cannot reset password: the link has expired
Password reset for the finance share
Forgot password of the VPN client
VPN drops every 15 minutes when working from home
Please add a second monitor to room 4.12
Laptop does not boot after update KB5031455
Blue screen 0x0000007E after the driver update
Server db01.example.internal is down since 2026-11-22 03:14:07
Certificate of intranet.example.com expires on 2026-12-01
Disk C: 95 % full, 1240 of 1310 GB used
Backup job 20261122-0300 failed with exit code 12
Switch sw-3-17, port Gi1/0/24, shows 4096 CRC errors
The address 192.168.10.254 answers twice
Gateway moved from 10.10.0.1 to 10.10.0.254
MAC 00:1A:2B:3C:4D:5E is not in the table
Please order 25 cables, item 4711-0815
Invoice 2026-10-000451 over 12,450.00 EUR does not arrive
Delivery note 80012345 is missing
Purchase order 4500123456 was approved
Serial number PF3X9K2L, bought 2024-03-15
Serial 5CG1234XYZ of the docking station
Asset tag IT-004512 moved to Berlin
Ticket INC0012345 was closed too early
Same as R-261122-7K3QX of yesterday
Follows R-261120-25J9R
Please call back between 14:00 and 16:30
Meeting room 2.07: projector shows no picture
Scanner sends to the wrong folder \\files\scan\2026
Excel file opens read-only since Monday
Teams call breaks off after 30 seconds
Keyboard: key 7 does not work
Mouse wheel scrolls 3 lines instead of 1
Headset crackles in every call
Phone shows "no service" on floor 5
Extension 8321 does not ring
Fax on line 2 prints at night
Door badge reader at gate 4 is dark
Access to the share HR-2026 for the new colleague
New colleague starts on 2026-12-01, needs laptop and account
Colleague left on 30 November, please lock the account
Account locked after 5 wrong attempts
User is asked for a PIN and has none
The PIN of the token was never sent
Token shows an error: code 0x80090016
Smart card reader is not found
Single sign-on loops between two pages
Portal answers with HTTP 502 since 08:40
API returns 429 Too Many Requests after 1000 calls
Response time rose from 120 ms to 4500 ms
Query takes 13 minutes for 2500000 rows
Table orders has 13812341234 rows and no index
Log grew by 10485760 bytes an hour
Version 11.0.22621.2715 has the fault, 11.0.22621.2506 has not
Downgrade to 3.11.4 helped
Commit 5e8c1f2d4b7a9c3e6f0a1b2c3d4e5f6a7b8c9d0e broke the build
Container sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
Job id 550e8400-e29b-41d4-a716-446655440000 hangs
Session 01K8Q2V3J5X7N9P1R3T5V7X9ZA was cut
See https://wiki.example.com/display/IT/VPN?pageId=123456789
See https://example.com/tickets/4711
Link https://example.com/a/1234567890123456 is dead
git clone git@github.com:northwind/tools.git fails
Time on the terminals is 7 minutes slow
Daylight saving: calendar shows 02:30 twice
Calendar entry of 2026-02-29 cannot exist
Timezone +08:00 is shown as +07:00
Working hours are 09:00-12:00 and 13:30-18:00
Holiday 2026-10-01 to 2026-10-07
Printer queue holds 37 jobs of 2026-11-20
Toner low: 4 % left, 2 cartridges in stock
Paper jam in tray 2, fifth time this week
Label printer prints 102 x 152 mm instead of 100 x 150
Cash register 3 does not find the card reader
Card payment is refused with code 51
Bank card reader shows "card not read"
The e-mail address in the signature is wrong
E-mail bounces with 550 5.7.1
Mailbox full: 49.9 of 50 GB
Spam since this morning, about 120 an hour
Attachment of 25 MB is not sent
Newsletter goes to 12500 people twice
Phone number on the web page is out of date
The ID card printer is out of ribbon
Passport scanner at reception is slow
Password policy: at least 12 characters
Password must be changed every 90 days
The password field is too short
Password is case-sensitive, says the help
Pass the parcel to the second line
Bypass=1 in the boot menu did not help
The admin password was not told to anybody
pwd is a command that prints the folder
Restart of the service helped
Replaced the power supply, 450 W
Cleaned the print head
Moved to VLAN 120, tested with 3 users
Asked the supplier, case 00451234
Supplier case 10-4451234 is open
Contract 2024/117 covers it
Room 0371 on floor 03, desk 17
Customer wants it by Friday 17:00
Customer confirmed that all 14 terminals work
Nobody answered, tried three times
User will be back on 5 December
三楼打印机打印空白页
自9:15起没有网络，财务部全部受影响
无法重置密码
密码忘了
忘记密码，需要重置
密码过期，无法登录OA
密码：忘记了
重置密码：OA系统
密码是多少我也不知道
密码输错5次被锁定
初始密码没有收到
口令卡丢失
口令过期了怎么办
VPN每15分钟断开一次
请给4.12会议室加一台显示器
更新KB5031455之后电脑无法开机
蓝屏代码0x0000007E
服务器db01自2026年11月22日3时14分起无法访问
证书将于2026-12-01到期
C盘已用95%，共1310GB
备份任务20261122-0300失败，退出码12
交换机端口Gi1/0/24有4096个错误
地址192.168.10.254冲突
网关由10.10.0.1改为10.10.0.254
请采购25根网线，物料号4711-0815
发票2026-10-000451金额12450.00元未收到
订单4500123456已审批
送货单80012345丢失
序列号PF3X9K2L，购于2024年3月
资产编号IT-004512调往北京
工单INC0012345关闭过早
与R-261122-7K3QX相同
请在14:00到16:30之间回电
二楼会议室投影仪没有画面
扫描件发送到错误的文件夹
Excel文件只能只读打开
视频会议30秒后中断
键盘数字7失灵
分机8321打不通
传真机半夜打印
4号门的门禁读卡器不亮
新员工12月1日入职，需要电脑和账号
员工11月30日离职，请停用账号
账号被锁定
提示输入PIN码但没有收到
令牌显示错误代码0x80090016
读卡器无法识别
单点登录一直跳转
门户网站返回502
接口返回429，每天1000次
响应时间从120毫秒升到4500毫秒
查询250万行数据要13分钟
订单表有13812341234条记录
日志每小时增长10485760字节
版本11.0.22621.2715有问题
退回到3.11.4后恢复
任务550e8400-e29b-41d4-a716-446655440000卡住
参见https://wiki.example.com/display/IT/VPN?pageId=123456789
终端时间慢了7分钟
日历中2026-02-29不存在
工作时间09:00-12:00，13:30-18:00
国庆假期2026-10-01至2026-10-07
打印队列里有37个任务
墨粉剩余4%，库存2支
纸盒2卡纸，本周第五次
标签纸尺寸102×152毫米
3号收银机找不到读卡器
刷卡被拒，代码51
银行卡读卡器提示未读到卡
邮件签名中的电子邮箱写错了
邮件退回550 5.7.1
邮箱已满，49.9/50GB
今早起每小时约120封垃圾邮件
25MB的附件发不出去
网站上的电话号码已过期
身份证读卡器反应慢
证件打印机缺色带
密码策略要求至少12位
密码每90天须更换一次
密码框太短
管理员密码没有告诉任何人
重启服务后恢复
更换了450W电源
清洗打印头后正常
调整到VLAN 120，三人测试正常
已询问供应商，工单号00451234
合同2024/117覆盖
客户希望周五17:00前解决
客户确认14台终端全部正常
打了三次电话无人接听
客户12月5日回来
备用线路已接管9家店
已安排工程师上门
请客户提供手机号
已留下手机号，等待回电
联系方式见联系人档案
需要开通邮箱
银行卡号填写框报错
身份证号校验不通过
导入10086条数据失败
拨打10086无法接通
客服热线400-810-1234占线
"#;
